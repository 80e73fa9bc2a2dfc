SELECT indexed FROM progress
